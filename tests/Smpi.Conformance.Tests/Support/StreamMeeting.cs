using System.IO.Pipelines;
using System.Threading.Channels;

namespace Smpi.Conformance.Tests;

/// <summary>Plain pairs of streams as a protocol that also listens: each side gets its end of two pipes.</summary>
internal sealed class StreamMeeting : IServerProtocol
{
    private readonly Channel<(Stream Input, Stream Output)> _ends = Channel.CreateBounded<(Stream Input, Stream Output)>(16);
    private bool _isOpen;

    public string Name => "stream";

    public ValueTask<IConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken) =>
        new StreamProtocol(OpenAsync).ConnectAsync(options, cancellationToken);

    public ValueTask<IListener> ListenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        _isOpen = true;
        return new(new Listener(this, options));
    }

    private async ValueTask<(Stream Input, Stream Output)> OpenAsync(CancellationToken ct)
    {
        if (!_isOpen) throw new IOException("Nobody holds the other ends.");
        var there = new Pipe();
        var back = new Pipe();
        await _ends.Writer.WriteAsync((there.Reader.AsStream(), back.Writer.AsStream()), ct);
        return (back.Reader.AsStream(), there.Writer.AsStream());
    }

    private sealed class Listener(StreamMeeting meeting, ConnectionOptions options) : IListener
    {
        private readonly CancellationTokenSource _closed = new();

        public string Address => "stream:meeting";

        public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
            try
            {
                (Stream input, Stream output) = await meeting._ends.Reader.ReadAsync(either.Token);
                return await new StreamProtocol(input, output).ConnectAsync(options, either.Token);
            }
            catch (OperationCanceledException) when (_closed.IsCancellationRequested)
            {
                return null;
            }
        }

        public async ValueTask DisposeAsync()
        {
            meeting._isOpen = false;
            await _closed.CancelAsync();
        }
    }
}
