# frozen_string_literal: true

# The parts of the module on the input, see shape in languages_wire_test.go.

require "ripper"

# Tells where the texts of a warning begin, which are for people.
class Warnings < Ripper::SexpBuilder
  attr_reader :places

  def on_command(name, arguments) = add(name, arguments)
  def on_fcall(name) = name
  def on_method_add_arg(name, arguments) = add(name, arguments)

  private

  def add(name, arguments)
    (@places ||= []) << first_text(arguments) if name[0] == :@ident && name[1] == "warn"
    [:call, name, arguments]
  end

  def first_text(tree)
    return tree[2] if tree[0] == :@tstring_content

    tree.grep(Array).each { |part| (found = first_text(part)) && (return found) }
    nil
  end
end

code = $stdin.read.force_encoding("UTF-8")
warnings = Warnings.new(code)
warnings.parse
abort "no Ruby" if warnings.error?

IGNORED = %i[on_sp on_nl on_ignored_nl].freeze
NUMBERS = %i[on_int on_float].freeze

# What a text stands for: its parts hold no code, or it would be several.
def value(text)
  eval("\"#{text}\"", binding, __FILE__, __LINE__) # rubocop:disable Security/Eval, Style/DocumentDynamicEvalDefinition
end

parts = Ripper.lex(code).reject { |_, kind| IGNORED.include?(kind) }
parts = parts.each_with_index.map do |(place, kind, text), i|
  if kind == :on_comment then ["words", text.chomp.sub(/(?<=@!attribute \[r\] )\S+/, "")] # a name
  elsif warnings.places&.include?(place) then ["words", value(text)]
  elsif kind == :on_tstring_content && parts[i - 1][2] == '"' then [kind, value(text)]
  else
    [kind, NUMBERS.include?(kind) ? text : ""]
  end
end
parts.chunk_while { |a, b| a[0] == "words" && b[0] == "words" }.each do |same|
  puts "#{same[0][0]}\t#{[same.map(&:last).join("\n")].pack("m0")}"
end
