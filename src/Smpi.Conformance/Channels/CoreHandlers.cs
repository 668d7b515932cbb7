using System.Runtime.CompilerServices;

namespace Smpi.Conformance;

/// <summary>The handlers that <see cref="ChannelCore"/> calls, as far as a format can carry them; for a server in another process.</summary>
public static class CoreHandlers
{
    /// <summary>Adds the handlers.</summary>
    /// <param name="builder">The side that answers.</param>
    /// <param name="traits">What the format can carry; handlers that it cannot carry are left out.</param>
    public static SmpiBuilder AddCoreHandlers(this SmpiBuilder builder, FormatTraits traits)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(traits);
        if (traits.Calls)
        {
            builder
                .Handle((Ping ping) => new Pong(ping.Number, "pong"))
                .Handle((Echo echo) => new Pong(echo.Text.Length, echo.Text))
                .Handle(async (Hang hang, CancellationToken ct) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                    return new Pong(hang.Id, "never");
                })
                .Handle((Break request) => Fail(request))
                .Handle(async (AskBack ask, CallContext context, CancellationToken ct) => await context.Caller.RequestAsync(new Ping(ask.Number), ct));
        }

        if (traits.Calls && traits.Events)
        {
            builder.Handle(async (Announce announce, CallContext context, CancellationToken ct) =>
            {
                string text = new('x', announce.Size);
                for (int number = 0; number < announce.Count; number++) await context.Caller.PublishAsync(new Happened(number, text), ct);
                return new Pong(announce.Count, "announced");
            });
        }

        if (traits.Streams) builder.HandleStream((Count count, CancellationToken ct) => CountAsync(count, ct));
        if (traits.ClientStreams) builder.HandleClientStream((Sum sum, IAsyncEnumerable<Number> numbers, CancellationToken ct) => SumAsync(sum, numbers, ct));
        if (traits is { Streams: true, ClientStreams: true }) builder.HandleDuplex((Doubled doubled, IAsyncEnumerable<Number> numbers, CancellationToken ct) => DoubleAsync(doubled, numbers, ct));
        return builder;
    }

    /// <summary>Adds what the calling side of <see cref="ChannelCore"/> must answer.</summary>
    /// <param name="builder">The side that calls.</param>
    public static SmpiBuilder AddBackHandler(this SmpiBuilder builder) => builder.Handle((Ping ping) => new Pong(ping.Number + 1, "back"));

    private static Pong Fail(Break request) => throw new FaultException(new Broken(request.Part), "It broke.");

    private static async ValueTask<Pong> SumAsync(Sum start, IAsyncEnumerable<Number> numbers, CancellationToken ct)
    {
        int sum = start.Start;
        await foreach (Number number in numbers.WithCancellation(ct)) sum += number.Value;
        return new Pong(sum, "sum");
    }

    private static async IAsyncEnumerable<Pong> CountAsync(Count count, [EnumeratorCancellation] CancellationToken ct)
    {
        string text = new('x', count.Size);
        for (int number = 0; number < count.To; number++)
        {
            ct.ThrowIfCancellationRequested();
            yield return new Pong(number, text);
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<Pong> DoubleAsync(Doubled doubled, IAsyncEnumerable<Number> numbers, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (Number number in numbers.WithCancellation(ct)) yield return new Pong(number.Value * doubled.Factor, "twice");
    }
}
