package Shipper;

# Reads the last lines of each container once, through whatever address of an engine it is given, and hands them to Loki.
use strict;
use warnings;
use Cpanel::JSON::XS;
use StandIn;

# ship(engine => 'tcp://…', filters => {label => […]}, rules => [[source label, target label, pattern], …], loki => 'http://…')
# goes round for ever, and tells how it went in the file `state`.
sub ship {
	my %job = @_;
	my %sent;
	while (1) {
		my $count = eval {round(\%job, \%sent)};
		print STDERR "error: $@" if !defined $count;
		open my $state, '>', $job{state} or StandIn::fail("$job{state}: $!");
		print $state defined $count ? scalar keys %sent : 'failed';
		close $state;
		sleep 1;
	}
}

sub engine {
	my ($job, $path) = @_;
	my ($host, $port) = $job->{engine} =~ m{^tcp://([^:/]+):(\d+)$} or die "not an address of an engine: $job->{engine}\n";
	my ($status, $body) = StandIn::fetch(StandIn::tcp($port, $host), $path);
	die "GET $path: $status $body\n" if $status != 200;
	return $body;
}

# As the Docker client of the real ones: the version first, then networks and containers.
sub round {
	my ($job, $sent) = @_;
	engine($job, '/_ping');
	engine($job, '/v1.44/networks');
	my $filters = encode_json($job->{filters});
	$filters =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ge;
	for my $container (@{decode_json(engine($job, "/v1.44/containers/json?filters=$filters"))}) {
		next if $sent->{$container->{Id}};
		my $log = engine($job, "/v1.44/containers/$container->{Id}/logs?stdout=1&stderr=1&timestamps=1&tail=5");
		my @lines = lines($log) or next;
		push_lines($job, labels_of($job, $container), @lines);
		$sent->{$container->{Id}} = 1;
	}
	return 1;
}

sub labels_of {
	my ($job, $container) = @_;
	my %meta = (__meta_docker_container_name => $container->{Names}[0]);
	for my $name (keys %{$container->{Labels}}) {
		(my $plain = $name) =~ s/\W/_/g;
		$meta{"__meta_docker_container_label_$plain"} = $container->{Labels}{$name};
	}
	my %labels;
	for my $rule (@{$job->{rules}}) {
		my ($source, $target, $pattern) = @$rule;
		my $value = $meta{$source} // '';
		$labels{$target} = $1 if $value =~ /^(?:$pattern)$/ && $1 ne '';
	}
	return \%labels;
}

# A log without a terminal comes in frames: stream, three empty bytes, length, text.
sub lines {
	my ($log) = @_;
	my @lines;
	while (length $log >= 8) {
		my ($stream, $length) = unpack 'CxxxN', $log;
		my ($seconds, $text) = substr($log, 8, $length) =~ /^(\S+) (.*)/s;
		push @lines, $text if defined $text;
		$log = substr $log, 8 + $length;
	}
	return @lines;
}

sub push_lines {
	my ($job, $labels, @lines) = @_;
	my ($host, $port, $path) = $job->{loki} =~ m{^http://([^:/]+):(\d+)(/\S*)$} or die "not an address of Loki: $job->{loki}\n";
	my $now = time . '000000000';
	my $body = encode_json({streams => [{stream => $labels, values => [map {[$now, $_]} @lines]}]});
	my ($status, $text) = StandIn::fetch(StandIn::tcp($port, $host), $path, $body);
	die "POST $job->{loki}: $status $text\n" if $status != 204;
}

# serve(port, path of the readiness, metric, state): answers for the shipper.
sub serve {
	my ($port, $ready, $metric, $state) = @_;
	StandIn::serve("0.0.0.0:$port" => sub {
		my $found = StandIn::read_file($state) // 'failed';
		return (200, "Ready\n") if $_[1] eq $ready && $found =~ /^\d+$/;
		return (503, "Not ready\n") if $_[1] eq $ready;
		return StandIn::metrics($metric => $found =~ /^\d+$/ ? $found : 0) if $_[1] eq '/metrics';
		return (404, "404 page not found\n");
	});
}

1;
