namespace Smpi;

/// <summary>A stream that can be enumerated; every enumeration is a call of its own.</summary>
internal sealed class StreamSequence<TRequest, TIn, TItem>(
    ChannelBase channel, string subject, TRequest request, IAsyncEnumerable<TIn>? items, CallOptions? options, CancellationToken token) : IAsyncEnumerable<TItem>
{
    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(this, cancellationToken);

    private CancellationToken Token => token;

    private ChannelBase Channel => channel;

    private async ValueTask<StreamCall<TRequest, TItem>> OpenAsync(bool onContext, CancellationToken ct)
    {
        CallOptions chosen = options ?? CallOptions.Default;
        using Deadline deadline = channel.StartDeadline(chosen.Deadline, ct);
        Link link = await channel.LinkAsync(chosen, deadline, subject).ConfigureAwait(false);
        await ChannelBase.EnterAsync(link, link.StreamGate, subject, deadline).ConfigureAwait(false);
        CallTerms terms;
        try
        {
            Traits.Require(link, link.Traits.Streams, "streams");
            if (items is not null) Traits.Require(link, link.Traits.ClientStreams, "streams from the caller");
            terms = channel.Terms(link, chosen, deadline);
            _ = link.Codecs.Get<TRequest>();
            _ = link.Codecs.Get<TItem>();
        }
        catch (Exception error)
        {
            link.StreamGate.Exit();
            if (error is SmpiException) throw;
            string name = link.Codecs.Encoding.Name;
            throw new EncodingException($"The encoding '{name}' has no codec for what '{subject}' sends or brings: {error.Message}", error);
        }

        var call = new StreamCall<TRequest, TItem>(link, subject, request, in terms, decodesLate: link.DecodesLate && !onContext);
        call.Send(in terms, items is null ? null : (owner, id) => ClientItems.Pump(owner, id, items, ct));
        return call;
    }

    private sealed class Enumerator : IAsyncEnumerator<TItem>
    {
        private readonly StreamSequence<TRequest, TIn, TItem> _sequence;
        private readonly CancellationTokenSource? _linked;
        private readonly CancellationToken _token;

        // A context of the consumer's, such as a user interface's, is not to be busy with decoding.
        private readonly bool _onContext = ContextReturn.IsOnContext;
        private ItemReceiver<TItem>? _items;

        public Enumerator(StreamSequence<TRequest, TIn, TItem> sequence, CancellationToken ct)
        {
            _sequence = sequence;
            CancellationToken first = sequence.Token;
            if (first.CanBeCanceled && ct.CanBeCanceled) _linked = CancellationTokenSource.CreateLinkedTokenSource(first, ct);
            _token = _linked?.Token ?? (first.CanBeCanceled ? first : ct);
        }

        public TItem Current => _items is null ? default! : _items.Current;

        public ValueTask<bool> MoveNextAsync() =>
            _items is { } items ? items.MoveNextAsync() : LoopReturn.On(_sequence.Channel, StartAsync());

        public async ValueTask DisposeAsync()
        {
            if (_items is not null) await _items.DisposeAsync().ConfigureAwait(false);
            _linked?.Dispose();
        }

        private async ValueTask<bool> StartAsync()
        {
            _token.ThrowIfCancellationRequested();
            StreamCall<TRequest, TItem> call = await _sequence.OpenAsync(_onContext, _token).ConfigureAwait(false);
            _items = call.Items;
            ulong id = call.Id;
            _items.CancelWith(id, call, _token);
            return await _items.MoveNextAsync().ConfigureAwait(false);
        }
    }
}
