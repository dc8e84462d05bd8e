# Compiles the code of the guide, and has its client talk with its server.
set -e
javac -Xlint:all,-processing,-auxiliaryclass -Werror --release 17 -cp '../classes:../lib/*' -d ../classes guide/*.java ../Guide.java
java -XX:TieredStopAtLevel=1 -cp ../classes Guide
