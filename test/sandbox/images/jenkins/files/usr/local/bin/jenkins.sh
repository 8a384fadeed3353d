#!/usr/bin/perl
# Starts only with what the real one needs: a home it can write to, the plugin that reads the configuration, files that look like YAML of
# that plugin, and every secret that they name.
use strict;
use warnings;
use lib '/usr/local/lib/site_perl';
use StandIn;

$| = 1;
print "sandbox stand-in for jenkins: looks at its configuration and secrets, builds nothing\n";
my $home = $ENV{JENKINS_HOME};
open my $log, '>>', "$home/copy_reference_file.log"
	or StandIn::fail("Can not write to $home/copy_reference_file.log. Wrong volume permissions?");
close $log;

my $options = $ENV{JENKINS_JAVA_OPTS} // '';
StandIn::fail('the setup wizard waits for somebody') if $options !~ /-Djenkins\.install\.runSetupWizard=false/;
while ($options =~ /-D(java\.io\.tmpdir|javax\.net\.ssl\.trustStore)=(\S+)/g) { StandIn::fail("$1 is not there: $2") if !-e $2 }

my $folder = $ENV{CASC_JENKINS_CONFIG} // StandIn::fail('CASC_JENKINS_CONFIG is not set');
StandIn::fail('the plugin configuration-as-code is not installed') if !-e "$home/plugins/configuration-as-code.jpi";
my @files = -d $folder ? sort glob "$folder/*.yaml" : ($folder);
StandIn::fail("Invalid configuration: '$folder' isn't a valid path.") if !@files;
my %claimed;
for my $file (@files) {
	my $text = StandIn::read_file($file) // StandIn::fail("$file cannot be read: $!");
	$text =~ s/^\s*#.*\n//mg;
	StandIn::fail("$file has a tab, which YAML does not know") if $text =~ /^ *\t/m;
	for my $root ($text =~ /^(\S[^:\n]*):/mg) {
		next if $root =~ /^(jenkins|security|unclassified|credentials|tool|jobs)$/;
		StandIn::fail("No configurator for root element <$root>");
	}
	# Two files may add to the same root, but not say the same thing twice.
	while ($text =~ /^(\w+):\n((?:(?: .*)?\n)+)/mg) {
		my ($root, $rest) = ($1, $2);
		for my $key ($rest =~ /^  (\w+):/mg) {
			StandIn::fail("Found conflicting key <$root.$key> in $file and $claimed{\"$root.$key\"}") if $claimed{"$root.$key"};
			$claimed{"$root.$key"} = $file;
		}
	}
	for my $name ($text =~ /\$\{([^}]+)\}/g) {
		my $value = StandIn::read_file("/run/secrets/$name");
		StandIn::fail("$file names $name, which is not a secret that uid $< can read") if !defined $value || $value eq '';
	}
	print "Configured from $file\n";
}
for my $needed ('jenkins.securityRealm', 'jenkins.authorizationStrategy', 'unclassified.location') {
	StandIn::fail("nothing says $needed") if !$claimed{$needed};
}

my @plugins = glob "$home/plugins/*.jpi";
sub answer {
	my ($method, $path) = @_;
	return (200, "Jenkins\n", 'X-Jenkins' => '2.568.3') if $path eq '/login';
	return StandIn::metrics(default_jenkins_up => 1, jenkins_plugins_active => scalar @plugins) if $path =~ m{^/prometheus/?$};
	return (403, "Authentication required\n");
}
StandIn::serve('0.0.0.0:8080' => \&answer);
