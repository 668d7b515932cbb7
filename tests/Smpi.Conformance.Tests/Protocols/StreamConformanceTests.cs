using System.IO.Pipelines;

namespace Smpi.Conformance.Tests;

public sealed class StreamConformanceTests : ConnectionConformance
{
    protected override async Task<ConnectionPair> OpenAsync()
    {
        var there = new Pipe();
        var back = new Pipe();
        Task<IConnection> first = new StreamProtocol(back.Reader.AsStream(), there.Writer.AsStream()).ConnectAsync(Options, CancellationToken.None).AsTask();
        Task<IConnection> second = new StreamProtocol(there.Reader.AsStream(), back.Writer.AsStream()).ConnectAsync(Options, CancellationToken.None).AsTask();
        TimeSpan limit = TimeSpan.FromSeconds(30);
        return new ConnectionPair(await first.WaitAsync(limit), await second.WaitAsync(limit));
    }
}
