using System.Buffers;

namespace Smpi.Wire.Tests.Connections;

/// <summary>How a connection at rest waits.</summary>
public sealed class RestingConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_wait_that_ends_though_nothing_came_is_made_again_without_a_buffer()
    {
        var transport = new RestlessTransport(falseAlarms: 3);
        var options = new ConnectionOptions { Format = new NativeFormat(), Limits = SmpiLimits.Default with { HandshakeTimeout = Patience } };
        Task opening = StreamConnection.OpenAsync(transport, options, "test", default).AsTask();

        // The hello that comes in the end is none, and says so.
        ChannelClosedException error = await Assert.ThrowsAsync<ChannelClosedException>(() => opening.WaitAsync(Patience));
        Assert.Equal(ErrorCode.ProtocolError, error.Reason.Code);
        Assert.Equal(["empty", "empty", "empty", "empty", "buffer"], transport.Receives);
    }

    /// <summary>Its empty receives end at once; only after some of them there is something.</summary>
    private sealed class RestlessTransport(int falseAlarms) : IByteTransport, IRestingTransport
    {
        public List<string> Receives { get; } = [];

        public string Remote => "the test";

        public bool IsReady => Receives.Count > falseAlarms;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            Receives.Add(buffer.IsEmpty ? "empty" : "buffer");
            "GET / HTTP/1.1"u8.CopyTo(buffer.IsEmpty ? new byte[64] : buffer.Span);
            return new ValueTask<int>(buffer.IsEmpty ? 0 : 14);
        }

        public ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) => default;

        public void Rest()
        {
        }

        public ValueTask<CloseReason?> ExplainAsync(Exception? error) => default;

        public ValueTask DisposeAsync() => default;
    }
}
