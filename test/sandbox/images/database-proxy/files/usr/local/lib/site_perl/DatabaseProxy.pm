package DatabaseProxy;

# Leads MySQL connections to one server. Everything goes through as it comes, but for two things: encryption is not offered, so that
# the user's name can be read, and users that the proxy does not know are turned away.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use StandIn;

# Starts a process that keeps the list of servers in a file.
sub watch {
	my ($file, $user, $password, @servers) = @_;
	defined(my $pid = fork) or StandIn::fail("cannot fork: $!");
	return if $pid;
	@ENV{qw(MONITOR_USER MYSQL_PWD)} = ($user, $password);
	exec '/usr/local/bin/watch-servers', $file, @servers;
}

# The states as [server, up or down].
sub servers {
	my ($file) = @_;
	return map {[split ' ', $_]} split /\n/, StandIn::read_file($file) // '';
}

sub working {
	my ($file) = @_;
	my ($first) = grep {$_->[1] eq 'up'} servers($file);
	return $first ? $first->[0] : undef;
}

# The first that works; for ten seconds somebody else may still take over.
sub connected {
	my ($file) = @_;
	for (1 .. 20) {
		my $server = working($file);
		my $socket = defined $server ? IO::Socket::INET->new(PeerAddr => $server, Timeout => 2) : undef;
		return ($server, $socket) if $socket;
		select undef, undef, undef, 0.5;
	}
	return;
}

# One packet: its number and content.
sub packet {
	my ($socket) = @_;
	my ($head, $content) = ('', '');
	while (length $head < 4) { sysread($socket, $head, 4 - length $head, length $head) or return }
	my $length = unpack 'V', substr($head, 0, 3) . "\0";
	while (length $content < $length) { sysread($socket, $content, $length - length $content, length $content) or return }
	return (ord(substr $head, 3), $content);
}

sub send_packet {
	my ($socket, $number, $content) = @_;
	syswrite $socket, substr(pack('V', length $content), 0, 3) . chr($number) . $content;
}

sub refuse {
	my ($socket, $number, $code, $state, $text) = @_;
	send_packet($socket, $number, "\xff" . pack('v', $code) . "#$state$text");
}

my $offers_encryption = 0x0800;

sub lead {
	my ($client, $file, $users) = @_;
	my ($server, $backend) = connected($file);
	return refuse($client, 0, 9001, 'HY000', 'Max connect timeout reached: no server works') if !$backend;
	my ($number, $greeting) = packet($backend) or return;
	if ($greeting =~ /^\x0a[^\0]*\0.{13}/s) {
		my $at = $+[0];
		substr $greeting, $at, 2, pack('v', unpack('v', substr $greeting, $at, 2) & ~$offers_encryption);
	}
	send_packet($client, $number, $greeting);
	($number, my $answer) = packet($client) or return;
	my ($user) = substr($answer, 32) =~ /^([^\0]*)/;
	return refuse($client, $number + 1, 1045, '28000', "ProxySQL Error: Access denied for user '$user'") if $users && !$users->{$user};
	send_packet($backend, $number, $answer);
	my $select = IO::Select->new($client, $backend);
	while (1) {
		for my $ready ($select->can_read(1)) {
			sysread($ready, my $data, 65536) or return;
			syswrite $ready == $client ? $backend : $client, $data or return;
		}
		# Writes go to one server: who is led to another one comes again.
		my $now = working($file);
		return if defined $now && $now ne $server;
	}
}

# serve('address:port', FILE, {user => 1, ...} or undef) answers for ever.
sub serve {
	my ($address, $file, $users) = @_;
	my $listener = IO::Socket::INET->new(LocalAddr => $address, Listen => 128, ReuseAddr => 1)
		or StandIn::fail("cannot listen on $address: $!");
	$SIG{CHLD} = $SIG{PIPE} = 'IGNORE';
	while (1) {
		my $client = $listener->accept or next;
		if (!fork) {
			close $listener;
			lead($client, $file, $users);
			exit 0;
		}
		close $client;
	}
}

# Answers as a server does whose password nobody knows: `mysqladmin ping` is content with that.
sub serve_locked {
	my ($address) = @_;
	my $listener = IO::Socket::INET->new(LocalAddr => $address, Listen => 16, ReuseAddr => 1) or StandIn::fail("cannot listen on $address: $!");
	while (1) {
		my $client = $listener->accept or next;
		my $salt = 'abcdefghijklmnopqrst';
		send_packet($client, 0, "\x0a8.0.11\0" . pack('V', 1) . substr($salt, 0, 8) . "\0" . pack('v', 0xf7ff & ~$offers_encryption)
			. "\x21" . pack('v', 2) . pack('v', 0x8000 | 0x0008) . chr(21) . "\0" x 10 . substr($salt, 8) . "\0mysql_native_password\0");
		my ($number) = packet($client);
		refuse($client, ($number // 0) + 1, 1045, '28000', 'ProxySQL Error: Access denied: this is a stand-in') if defined $number;
		close $client;
	}
}

1;
