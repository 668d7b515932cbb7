// The server: the asynchronous interface with one completion queue, with its default settings. The callback interface was slower here with one call in flight.
#include <grpcpp/grpcpp.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "../lines.h"
#include "rows.grpc.pb.h"

namespace {

struct Host {
  peers::Rows::AsyncService service;
  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  bool stopped = false;
};

class Operation {
 public:
  virtual ~Operation() = default;
  virtual void Continue(bool ok) = 0;
};

class Call final : public Operation {
 public:
  explicit Call(Host& host) : host_(host) { Wait(); }

  void Continue(bool ok) override {
    if (answered_ || !ok) {
      Wait();
    } else {
      if (row_.id() == 0) host_.stopped = true;
      answered_ = true;
      writer_->Finish(row_, grpc::Status::OK, this);
    }
  }

 private:
  void Wait() {
    answered_ = false;
    context_ = std::make_unique<grpc::ServerContext>();
    writer_ = std::make_unique<grpc::ServerAsyncResponseWriter<peers::Row>>(context_.get());
    host_.service.RequestGet(context_.get(), &row_, writer_.get(), host_.queue.get(), host_.queue.get(), this);
  }

  Host& host_;
  std::unique_ptr<grpc::ServerContext> context_;
  std::unique_ptr<grpc::ServerAsyncResponseWriter<peers::Row>> writer_;
  peers::Row row_;
  bool answered_ = false;
};

class Stream final : public Operation {
 public:
  explicit Stream(Host& host) : host_(host) { Wait(); }

  void Continue(bool ok) override {
    if (finished_) {
      Wait();
    } else if (ok && !host_.stopped) {
      writer_->Write(row_, this);
    } else {
      finished_ = true;
      writer_->Finish(grpc::Status::OK, this);
    }
  }

 private:
  void Wait() {
    finished_ = false;
    host_.stopped = false;
    context_ = std::make_unique<grpc::ServerContext>();
    writer_ = std::make_unique<grpc::ServerAsyncWriter<peers::Row>>(context_.get());
    host_.service.RequestStream(context_.get(), &row_, writer_.get(), host_.queue.get(), host_.queue.get(), this);
  }

  Host& host_;
  std::unique_ptr<grpc::ServerContext> context_;
  std::unique_ptr<grpc::ServerAsyncWriter<peers::Row>> writer_;
  peers::Row row_;
  bool finished_ = false;
};

}  // namespace

int main() {
  Host host;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&host.service);
  host.queue = builder.AddCompletionQueue();
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;

  // More than are ever in flight.
  std::vector<std::unique_ptr<Operation>> operations;
  for (int number = 0; number < 600; number++) operations.push_back(std::make_unique<Call>(host));
  operations.push_back(std::make_unique<Stream>(host));
  std::thread work([&host] {
    void* tag = nullptr;
    bool ok = false;
    while (host.queue->Next(&tag, &ok)) static_cast<Operation*>(tag)->Continue(ok);
  });

  peers::AnswerLines([&](const std::string& command, std::istream&) {
    if (command != "port") throw std::runtime_error("there is no such command");
    return std::to_string(port);
  });
  std::_Exit(0);
}
