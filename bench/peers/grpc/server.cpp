// The server: the callback interface, with its default settings.
#include <grpcpp/grpcpp.h>

#include <memory>
#include <stdexcept>

#include "../lines.h"
#include "rows.grpc.pb.h"

namespace {

class Writer final : public grpc::ServerWriteReactor<peers::Row> {
 public:
  explicit Writer(const peers::Row* row) : row_(*row) { StartWrite(&row_); }

  void OnWriteDone(bool ok) override {
    if (ok) {
      StartWrite(&row_);
    } else {
      Finish(grpc::Status::CANCELLED);
    }
  }

  void OnDone() override { delete this; }

 private:
  peers::Row row_;
};

class Service final : public peers::Rows::CallbackService {
  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context, const peers::Row* request, peers::Row* response) override {
    *response = *request;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerWriteReactor<peers::Row>* Stream(grpc::CallbackServerContext*, const peers::Row* request) override { return new Writer(request); }
};

}  // namespace

int main() {
  Service service;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();

  peers::AnswerLines([&](const std::string& command, std::istream&) {
    if (command != "port" || server == nullptr) throw std::runtime_error("there is no such command, or no port could be had");
    return std::to_string(port);
  });
  std::_Exit(0);
}
