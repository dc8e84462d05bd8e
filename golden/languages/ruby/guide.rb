# frozen_string_literal: true

# Runs the code of templates/ruby/README.md, with the module of the catalog at the root as ApiErrors.

require "socket"
require "stringio"

$LOAD_PATH << File.expand_path("out")
require "api_errors"
ApiErrors = C_out

def expect(got, want)
  raise "#{got.inspect}, want #{want.inspect}" unless want === got # rubocop:disable Style/CaseEquality
end

guide = File.expand_path("../../../templates/ruby/README.md", __dir__)
blocks = File.read(guide).scan(/^```ruby\n(.*?)^```/m).flatten
expect blocks.size, 6
blocks.each { |block| TOPLEVEL_BINDING.eval(block, guide) }

LOG = StringIO.new
logged = AnswerErrors.new(APPLICATION, logger: Logger.new(LOG))

# Serves what a Rack application answers.
def serve(app)
  server = TCPServer.new("127.0.0.1", 0)
  Thread.new do
    loop do
      client = server.accept
      path = client.gets.split[1]
      env = { "PATH_INFO" => path }
      while (line = client.gets.chomp) != ""
        env["HTTP_X_REQUEST_ID"] = line.split(": ")[1] if line.downcase.start_with?("x-request-id:")
      end
      status, headers, body = app.call(env)
      client << "HTTP/1.1 #{status} x\r\n"
      headers.merge("connection" => "close").each { |name, value| client << "#{name}: #{value}\r\n" }
      client << "\r\n" << body.join
      client.close
    end
  end
  "http://127.0.0.1:#{server.addr[1]}"
end

address = serve(logged)
expect describe("#{address}/projects/p1"), "Checkout"
expect describe("#{address}/projects/p2"), "no such project"
expect describe("#{address}/projects/a-b"), "projectId: letters and digits only"
expect describe("#{address}/projects/busy"), /\AToo many requests \(request \h{8}-[-\h]+\)\z/

response = Net::HTTP.get_response(URI("#{address}/projects/p2"), { "X-Request-Id" => "r1" })
expect response.code, "404"
expect response["content-type"], "application/json; charset=utf-8"
expect response["x-request-id"], "r1"
expect JSON.parse(response.body)["error"],
       { "code" => "NOT_FOUND", "message" => "There is no project p2", "requestId" => "r1" }
expect LOG.string, ""

begin
  get("#{address}/projects/busy")
rescue ApiErrors::RateLimitedError => e
  expect [e.retryable?, e.retry_after, e.delay(1)], [true, 12.0, 12.0]
end

broken = serve(AnswerErrors.new(->(_) { raise "a secret" }, logger: Logger.new(LOG)))
response = Net::HTTP.get_response(URI(broken))
expect [response.code, JSON.parse(response.body)["error"]["code"]], %w[500 INTERNAL_ERROR]
expect response.body.include?("secret"), false
expect LOG.string, /a secret/

WAITS = [] # rubocop:disable Style/MutableConstant
def sleep(seconds) = WAITS << seconds
answers = [ApiErrors::RateLimitedError.new(retry_after: 3), ApiErrors::ServiceUnavailableError.new, nil]
result = retrying { (error = answers.shift) ? raise(error) : "done" }
expect result, "done"
expect WAITS[0], 3.0
expect WAITS[1], 0.5..1.0
begin
  retrying { raise ApiErrors::NotFoundError }
  raise "tried again"
rescue ApiErrors::NotFoundError => e
  expect e.message, ApiErrors::NotFoundError::INFO.message
end
begin
  raise e, "another text"
rescue ApiErrors::NotFoundError => e
  expect e.to_response[2][0], /"code":"NOT_FOUND","message":"another text"/
end
