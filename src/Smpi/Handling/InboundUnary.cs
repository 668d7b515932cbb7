using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>A call of the peer that is answered once.</summary>
internal class InboundUnary<TRequest, TResponse>(UnaryHandler<TRequest, TResponse> handler) : InboundCall
{
    private ConfiguredValueTaskAwaitable<TResponse>.ConfiguredValueTaskAwaiter _pending;
    private Action? _completed;
    private TRequest _request = default!;
    private TResponse _response = default!;

    // Where references travel, the other side gets a hold of its own.
    public override object? Value => _response is PooledBody body ? body.Keep() : _response;

    public void Take(TRequest request) => _request = request;

    public override void WriteTo(IBufferWriter<byte> output) => Link.Codecs.Get<TResponse>().Write(output, _response);

    public override void Run()
    {
        Activity? before = Activity.Current;
        Started();
        try
        {
            _pending = handler.Invoke(_request, this).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error)
        {
            Reply(error);
            return;
        }
        finally
        {
            // The handler goes on in its own context: the next call of the lane must not inherit it.
            if (Activity.Current != before) Activity.Current = before;
        }

        if (_pending.IsCompleted) Complete();
        else _pending.UnsafeOnCompleted(_completed ??= Complete);
    }

    protected override void Recycle()
    {
        _pending = default;
        if (_request is PooledBody lent) lent.Dispose();
        if (_response is PooledBody given && !ReferenceEquals(given, _request)) given.Dispose();
        _request = default!;
        _response = default!;
        handler.Return(this);
    }

    private void Complete()
    {
        try
        {
            _response = _pending.GetResult();
        }
        catch (Exception error)
        {
            Reply(error);
            return;
        }

        Reply(MessageKind.Response, hasBody: true);
    }
}
