@0xe54601d6cafcf7fa;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("peers");

struct Row {
  id @0 :Int32;
  name @1 :Text;
  value @2 :Float64;
}

interface Sink {
  item @0 (row :Row) -> stream;
}

interface Rows {
  # Sends the record back.
  get @0 (row :Row) -> (row :Row);

  # Sends the record to the sink without an end.
  stream @1 (row :Row, sink :Sink);
}
