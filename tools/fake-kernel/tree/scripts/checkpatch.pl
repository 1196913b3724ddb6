#!/usr/bin/env perl
# SPDX-License-Identifier: GPL-2.0
# Says of each added line that ends in white space what the real one says, in its --terse form.
use strict;
use warnings;

my ($file, $at, $bad) = ('', 0, 0);
while (my $line = <STDIN>) {
	if ($line =~ m{^\+\+\+ b/(.*)$}) { $file = $1 }
	elsif ($line =~ /^@@ -\S+ \+(\d+)/) { $at = $1 - 1 }
	elsif ($line =~ /^[+ ]/) {
		$at++;
		next unless $line =~ /^\+.*[ \t]$/;
		print "$file:$at: ERROR:TRAILING_WHITESPACE: trailing whitespace\n";
		$bad = 1;
	}
}
exit $bad;
