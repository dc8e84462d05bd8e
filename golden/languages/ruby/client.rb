# frozen_string_literal: true

# A client of every catalog: reads responses and tells what it sees, see talk in languages_test.go.

require "json"

def tell(name, coded)
  require "./#{name}/api_errors"
  errors = Object.const_get("C_#{name}")
  head, body = coded.unpack1("m").split("\n\n", 2)
  status, *lines = head.split("\n")
  headers = lines.to_h { |line| line.split(": ", 2) }
  return answer(errors) if status == "0"

  error = errors.find(status.to_i, headers, body)
  error ? seen(errors, error) : {}
end

def seen(errors, error)
  again = survivor(error)
  told = {
    code: error.code, message: error.message, status: error.status, retryable: error.retryable?, delay: error.delay(3),
    sent: message(error.to_response), requestId: error.request_id, retryAfter: error.retry_after
  }
  wire = errors.module_eval("Wire", __FILE__, __LINE__)
  told[:rawDetails] = wire.generate(error.raw_details) unless error.raw_details.nil?
  new = raised(again)
  told[:raised] = message(new.to_response) if new
  told[:changed] = message(again.exception("#{error.message}!").to_response)
  told.compact
end

def survivor(error)
  again = Marshal.load(Marshal.dump(error))
  raise again.inspect unless again.instance_of?(error.class) && again.inspect == error.inspect

  again
end

def raised(error)
  has_details = error.class.instance_method(:initialize).parameters.include?(%i[keyreq details])
  return unless error.info && !(has_details && error.details.nil?)

  options = { request_id: error.request_id }
  options[:details] = error.details if has_details
  options[:retry_after] = error.retry_after || 0 if error.info.retry_after
  again = error.class.new(error.message, **options)
  again.retry_after = error.retry_after
  again
end

def answer(errors)
  return {} unless errors.respond_to?(:wrap)

  begin
    raise "not to be sent"
  rescue RuntimeError => e
    wrapped = errors.wrap(e)
    raise "no cause" unless wrapped.cause.equal?(e)

    { sent: message(wrapped.to_response) }
  end
end

def message((status, headers, body))
  "#{[status, *headers.map { |pair| pair.join(": ") }].join("\n")}\n\n".b + body.join.b
end

$stdin.each_line do |line|
  told = tell(*line.chomp.split("\t"))
  puts told.map { |key, value| "#{key}=#{[value.to_s].pack("m0")}" }.join("\t")
end
