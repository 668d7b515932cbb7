using System.Buffers;
using System.Threading.Channels;

namespace Smpi.Wire.Tests.Connections;

/// <summary>A transport whose sends wait for the test, and whose input the test feeds.</summary>
internal sealed class GatedTransport : IByteTransport
{
    private readonly Channel<byte[]> _input = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
    private readonly Channel<TaskCompletionSource> _sends = System.Threading.Channels.Channel.CreateUnbounded<TaskCompletionSource>();
    private readonly MemoryStream _sent = new();
    private byte[] _rest = [];

    public string Remote => "the test";

    public byte[] Sent
    {
        get
        {
            lock (_sent) return _sent.ToArray();
        }
    }

    public void Feed(byte[] octets) => _input.Writer.TryWrite(octets);

    public void EndInput() => _input.Writer.TryComplete();

    /// <summary>Waits until a send has begun; completing what is returned lets it end.</summary>
    public async Task<TaskCompletionSource> NextSendAsync() => await _sends.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Waits until a send has begun; null where a flush ended and began none.</summary>
    public async Task<TaskCompletionSource?> NextSendAsync(Task flush)
    {
        await Task.WhenAny(_sends.Reader.WaitToReadAsync().AsTask(), flush).WaitAsync(TimeSpan.FromSeconds(30));
        return _sends.Reader.TryRead(out TaskCompletionSource? send) ? send : null;
    }

    /// <summary>Whether sends wait. Turning it off lets those end that have begun.</summary>
    public bool IsGated
    {
        get;
        set
        {
            lock (_sent) field = value;
            if (!value) Open();
        }
    }

    private void Open()
    {
        while (_sends.Reader.TryRead(out TaskCompletionSource? send)) send.TrySetResult();
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty) return 0;
        if (_rest.Length == 0)
        {
            if (!await _input.Reader.WaitToReadAsync(cancellationToken)) return 0;
            _rest = await _input.Reader.ReadAsync(cancellationToken);
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest.AsMemory(0, count).CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_sent)
        {
            _sent.Write(bytes.ToArray());
            if (!IsGated) return;
            _sends.Writer.TryWrite(gate);
        }

        await gate.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<CloseReason?> ExplainAsync(Exception? error) => new((CloseReason?)null);

    public ValueTask DisposeAsync()
    {
        _input.Writer.TryComplete(new IOException("The test's transport was disposed."));
        return ValueTask.CompletedTask;
    }
}
