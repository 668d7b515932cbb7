// The server: the two-party interface, with its default settings. A thread of its own answers the commands.
#include <capnp/ez-rpc.h>

#include <stdexcept>
#include <thread>

#include "../lines.h"
#include "rows.capnp.h"

namespace {

// The flow control of the library holds the loop back.
kj::Promise<void> Push(peers::Sink::Client sink, peers::Row::Reader row) {
  auto request = sink.itemRequest();
  request.setRow(row);
  return request.send().then([sink = kj::mv(sink), row]() mutable { return Push(kj::mv(sink), row); });
}

class Service final : public peers::Rows::Server {
  kj::Promise<void> get(GetContext context) override {
    context.getResults().setRow(context.getParams().getRow());
    return kj::READY_NOW;
  }

  kj::Promise<void> stream(StreamContext context) override {
    context.allowCancellation();
    auto params = context.getParams();
    return Push(params.getSink(), params.getRow());
  }
};

}  // namespace

int main() {
  capnp::EzRpcServer server(kj::heap<Service>(), "127.0.0.1");
  auto& scope = server.getWaitScope();
  unsigned port = server.getPort().wait(scope);
  std::thread commands([port] {
    peers::AnswerLines([port](const std::string& command, std::istream&) {
      if (command != "port") throw std::runtime_error("there is no such command");
      return std::to_string(port);
    });
    std::_Exit(0);
  });
  kj::NEVER_DONE.wait(scope);
}
