# frozen_string_literal: true

# Does what ruby -wc does, for every file below the working folder, and loads what clients and servers load.
require "stringio"

$VERBOSE = true
said = $stderr = StringIO.new
Dir["**/*.rb"].each do |file|
  RubyVM::InstructionSequence.compile_file(file)
  load file if file.end_with?("/api_errors.rb")
end
$stderr = STDERR
abort said.string unless said.string.empty?
