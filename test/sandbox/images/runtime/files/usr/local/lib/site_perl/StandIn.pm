package StandIn;

# The little HTTP that the stand-ins speak, with nothing but perl-base.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;

# Who sent the request that is being answered, and from where.
our ($client, $peer);

# serve('address:port' => $handler, ...) answers for ever. A handler gets method, path, body and headers (by their names in lower case),
# and returns status, body and headers, or nothing when it has answered $client by itself.
sub serve {
	my %handlers = @_;
	my (%servers, @listening);
	for my $address (sort keys %handlers) {
		my $server = IO::Socket::INET->new(LocalAddr => $address, Listen => 128, ReuseAddr => 1)
			or fail("cannot listen on $address: $!");
		$servers{$server} = $handlers{$address};
		push @listening, $server;
	}
	$SIG{TERM} = $SIG{INT} = sub { exit 0 };
	$SIG{CHLD} = $SIG{PIPE} = 'IGNORE';
	my $select = IO::Select->new(@listening);
	while (1) {
		for my $server ($select->can_read) {
			my $accepted = $server->accept or next;
			if (!fork) { answer($accepted, $servers{$server}); exit 0 }
		}
	}
}

# A client that never sends a request is dropped after ten seconds.
sub answer {
	($client, my $handler) = @_;
	$SIG{ALRM} = sub { exit 0 };
	alarm 10;
	$peer = $client->peerhost;
	my ($method, $path, $version) = split ' ', <$client> // '';
	my (%sent, $content);
	while (my $line = <$client>) {
		last if $line =~ /^\r?\n$/;
		$sent{lc $1} = $2 if $line =~ /^([^:\s]+):\s*(.*?)\r?\n/;
	}
	read $client, $content, $sent{'content-length'} // 0;
	my ($status, $body, %headers) = $handler->($method // '', $path // '/', $content // '', \%sent) or return;
	my $head = join '', map {"$_: $headers{$_}\r\n"} sort keys %headers;
	$version = 'HTTP/1.1' if !defined $version;
	print $client "$version $status Status\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n$head\r\n";
	print $client $body if $method ne 'HEAD';
}

# metrics(name => value, ...): an answer as Prometheus reads it, which takes numbers from nobody who does not say what they are.
sub metrics {
	my %values = @_;
	return (200, join('', map {"$_ $values{$_}\n"} sort keys %values), 'Content-Type' => 'text/plain; version=0.0.4; charset=utf-8');
}

# fetch($socket, $path): status and body of a GET, or 0 and the reason. With a third argument: of a POST with that body, in JSON.
sub fetch {
	my ($socket, $path, $body) = @_;
	return (0, "$!") if !$socket;
	$SIG{ALRM} = sub { print STDERR "no answer within five seconds\n"; exit 1 };
	alarm 5;
	my $kind = defined $body ? "Content-Type: application/json\r\nContent-Length: " . length($body) . "\r\n" : '';
	print $socket((defined $body ? 'POST' : 'GET') . " $path HTTP/1.0\r\nHost: localhost\r\n$kind\r\n" . ($body // ''));
	my $reply = join '', <$socket>;
	alarm 0;
	my ($status) = $reply =~ m{^HTTP/\S+ (\d+)};
	return ($status // 0, $reply =~ /\r\n\r\n(.*)/s ? $1 : '');
}

sub tcp { IO::Socket::INET->new(PeerPort => $_[0], PeerAddr => $_[1] // '127.0.0.1', Timeout => 5) }
sub unix { IO::Socket::UNIX->new(Peer => shift) }

sub read_file {
	my ($path) = @_;
	open my $file, '<', $path or return undef;
	local $/;
	return scalar <$file>;
}

sub fail {
	print STDERR "error: @_\n";
	exit 1;
}

1;
