using Smpi;
using Smpi.Conformance;

// The other end of the matrix's stdio row: the core handlers behind this process' own stdio, until the host goes.
var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
await using ISmpiServer server = SmpiServer.Create(builder => builder
    .ListenOn(new StdioProtocol())
    .UseEncoding(new JsonEncoding())
    .UseEncoding(new MessagePackEncoding())
    .UseEncoding(new ProtobufEncoding())
    .OnPeer(peer => peer.Gone.Register(() => gone.TrySetResult()))
    .AddCoreHandlers(FormatTraits.Full));
await server.ListenAsync();
await gone.Task;
