// The client: the asynchronous interface with one completion queue for calls, the blocking one for the stream.
#include <grpcpp/grpcpp.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "../lines.h"
#include "rows.grpc.pb.h"

namespace {

std::unique_ptr<peers::Rows::Stub> stub;

peers::Row Sample() {
  peers::Row row;
  row.set_id(peers::kId);
  row.set_name(peers::kName);
  row.set_value(peers::kValue);
  return row;
}

struct Call {
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::ClientAsyncResponseReader<peers::Row>> reader;
  peers::Row answer;
  grpc::Status status;
  std::int64_t start;

  void Begin(grpc::CompletionQueue* queue) {
    start = peers::Now();
    context = std::make_unique<grpc::ClientContext>();
    reader = stub->AsyncGet(context.get(), Sample(), queue);
    reader->Finish(&answer, &status, this);
  }
};

std::string Unary(double seconds, int in_flight) {
  peers::Latency latency;
  grpc::CompletionQueue queue;
  std::vector<Call> calls(in_flight);
  std::int64_t end = peers::Now() + static_cast<std::int64_t>(seconds * 1e9);
  std::int64_t count = 0;
  for (Call& call : calls) call.Begin(&queue);
  void* tag = nullptr;
  bool ok = false;
  for (int left = in_flight; left > 0 && queue.Next(&tag, &ok);) {
    Call& call = *static_cast<Call*>(tag);
    if (!call.status.ok()) throw std::runtime_error(call.status.error_message());
    std::int64_t now = peers::Now();
    latency.Record(now - call.start);
    count++;
    if (now < end) {
      call.Begin(&queue);
    } else {
      left--;
    }
  }
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  return std::to_string(count) + latency.Text();
}

std::string Stream(double seconds) {
  grpc::ClientContext context;
  std::int64_t end = peers::Now() + static_cast<std::int64_t>(seconds * 1e9);
  std::int64_t count = 0;
  std::unique_ptr<grpc::ClientReader<peers::Row>> reader = stub->Stream(&context, Sample());
  peers::Row row;
  bool stopped = false;
  // What is still under way when the stream is stopped counts too.
  while (reader->Read(&row)) {
    if ((++count & 63) != 0 || stopped || peers::Now() < end) continue;
    stopped = true;
    grpc::ClientContext stop;
    row.set_id(0);
    grpc::Status status = stub->Get(&stop, row, &row);
    if (!status.ok()) throw std::runtime_error(status.error_message());
  }
  grpc::Status status = reader->Finish();
  if (!status.ok() || !stopped) throw std::runtime_error("the stream ended: " + status.error_message());
  return std::to_string(count);
}

}  // namespace

int main() {
  peers::AnswerLines([](const std::string& command, std::istream& rest) -> std::string {
    if (command == "connect") {
      std::string port;
      rest >> port;
      auto channel = grpc::CreateChannel("127.0.0.1:" + port, grpc::InsecureChannelCredentials());
      if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) throw std::runtime_error("there is no connection");
      stub = peers::Rows::NewStub(channel);
      return "done";
    }
    double seconds = 0;
    int in_flight = 0;
    rest >> seconds >> in_flight;
    if (command == "unary") return Unary(seconds, in_flight);
    if (command == "stream") return Stream(seconds);
    throw std::runtime_error("there is no such command");
  });
  stub.reset();
}
