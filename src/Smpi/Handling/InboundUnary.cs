using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>A call of the peer that is answered once.</summary>
internal class InboundUnary<TRequest, TResponse>(UnaryHandler<TRequest, TResponse> handler) : InboundCall
{
    private ConfiguredValueTaskAwaitable<TResponse>.ConfiguredValueTaskAwaiter _pending;
    private Action? _completed;
    private ICodec<TRequest> _requests = null!;
    private ICodec<TResponse> _responses = null!;
    private CodecSet? _codecs;
    private TRequest _request = default!;
    private TResponse _response = default!;

    // Where references travel, the other side gets a hold of its own.
    public override object? Value => _response is PooledBody body ? body.Keep() : _response;

    /// <summary>Decodes the request.</summary>
    public void Take(CodecSet codecs, in Message message, string subject)
    {
        if (!ReferenceEquals(_codecs, codecs)) FindCodecs(codecs, subject);
        if (LateBody.Is<TRequest>(in message)) TakeLate(in message);
        else _request = RequestReader.Read(_requests, in message, subject);
    }

    protected override void Decode(in ReadOnlySequence<byte> body) => _request = _requests.Read(in body);

    public override void WriteTo(IBufferWriter<byte> output) => _responses.Write(output, _response);

    public override void Run()
    {
        if (IsRefusedLate()) return;
        Activity? before = Activity.Current;
        Started();
        bool completed;
        try
        {
            _pending = handler.Invoke(_request, this).ConfigureAwait(false).GetAwaiter();
            completed = _pending.IsCompleted;
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

        if (completed) Complete();
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

    private void FindCodecs(CodecSet codecs, string subject)
    {
        try
        {
            _requests = codecs.Get<TRequest>();
            _responses = codecs.Get<TResponse>();
            _codecs = codecs;
        }
        catch (Exception error) when (error is not EncodingException)
        {
            string name = codecs.Encoding.Name;
            throw new EncodingException($"The encoding '{name}' has no codec for what '{subject}' takes or answers: {error.Message}", error);
        }
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
