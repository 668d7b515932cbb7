// The client: the two-party interface, with its default settings.
#include <capnp/ez-rpc.h>

#include <memory>
#include <stdexcept>

#include "../lines.h"
#include "rows.capnp.h"

namespace {

void Fill(peers::Row::Builder row) {
  row.setId(peers::kId);
  row.setName(peers::kName);
  row.setValue(peers::kValue);
}

struct Work {
  peers::Rows::Client rows;
  std::int64_t end;
  std::int64_t count = 0;
  peers::Latency latency{};
};

kj::Promise<void> Caller(Work& work) {
  std::int64_t start = peers::Now();
  auto request = work.rows.getRequest();
  Fill(request.initRow());
  return request.send().then([&work, start](capnp::Response<peers::Rows::GetResults>&&) -> kj::Promise<void> {
    std::int64_t now = peers::Now();
    work.latency.Record(now - start);
    work.count++;
    if (now >= work.end) return kj::READY_NOW;
    return Caller(work);
  });
}

class Counter final : public peers::Sink::Server {
 public:
  Counter(std::int64_t end, std::shared_ptr<std::int64_t> count, kj::Own<kj::PromiseFulfiller<void>> done) : end_(end), count_(std::move(count)), done_(kj::mv(done)) {}

  kj::Promise<void> item(ItemContext context) override {
    context.getParams().getRow();
    if ((++*count_ & 63) == 0 && done_->isWaiting() && peers::Now() >= end_) done_->fulfill();
    return kj::READY_NOW;
  }

 private:
  std::int64_t end_;
  std::shared_ptr<std::int64_t> count_;
  kj::Own<kj::PromiseFulfiller<void>> done_;
};

}  // namespace

int main() {
  std::unique_ptr<capnp::EzRpcClient> client;
  peers::AnswerLines([&](const std::string& command, std::istream& rest) -> std::string {
    if (command == "connect") {
      unsigned port = 0;
      rest >> port;
      client = std::make_unique<capnp::EzRpcClient>("127.0.0.1", port);
      client->getMain<peers::Rows>().whenResolved().wait(client->getWaitScope());
      return "done";
    }
    double seconds = 0;
    int in_flight = 0;
    rest >> seconds >> in_flight;
    auto& scope = client->getWaitScope();
    Work work{client->getMain<peers::Rows>(), peers::Now() + static_cast<std::int64_t>(seconds * 1e9)};
    if (command == "unary") {
      auto callers = kj::heapArrayBuilder<kj::Promise<void>>(in_flight);
      for (int number = 0; number < in_flight; number++) callers.add(Caller(work));
      kj::joinPromises(callers.finish()).wait(scope);
      return std::to_string(work.count) + work.latency.Text();
    }
    if (command == "stream") {
      auto count = std::make_shared<std::int64_t>(0);
      auto done = kj::newPromiseAndFulfiller<void>();
      auto request = work.rows.streamRequest();
      Fill(request.initRow());
      request.setSink(kj::heap<Counter>(work.end, count, kj::mv(done.fulfiller)));
      // The call is cancelled when its promise is dropped. What the window still holds arrives before the answer to the next call, and counts.
      done.promise.exclusiveJoin(request.send().ignoreResult()).wait(scope);
      work.end = 0;
      Caller(work).wait(scope);
      return std::to_string(*count);
    }
    throw std::runtime_error("there is no such command");
  });
}
