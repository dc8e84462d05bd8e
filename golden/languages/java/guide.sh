# Compiles the code of the guide, and has its client talk with its server.
set -e
javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -Xlint:all,-processing,-auxiliaryclass -Werror --release 17 -cp '../classes:../lib/*' -d ../classes guide/*.java ../Guide.java
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp ../classes Guide
