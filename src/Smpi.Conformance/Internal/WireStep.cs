using System.Buffers;
using System.Text;

namespace Smpi.Conformance;

/// <summary>One message of a dialogue: who says what, and what the format must be able to say.</summary>
internal sealed record WireStep(bool ByDialler, MessageKind Kind, ulong? Call, Func<FormatTraits, bool> Needs)
{
    public string? Subject { get; init; }

    public string Body { get; init; } = "";

    public Fault? Fault { get; init; }

    public long Amount { get; init; }

    public bool IsStream { get; init; }

    public string? Header { get; init; }

    /// <summary>A dialogue in which every kind of message has its place.</summary>
    public static IReadOnlyList<WireStep> Dialogue { get; } =
    [
        new(true, MessageKind.Request, 1, traits => traits.Calls) { Subject = "call.one", Body = "{\"n\":1}" },
        new(false, MessageKind.Response, 1, traits => traits.Calls) { Body = "{\"r\":1}" },
        new(true, MessageKind.Request, 2, traits => traits.Calls && traits.Headers) { Subject = "call.two", Body = "{\"n\":2}", Header = "a note" },
        new(false, MessageKind.Response, 2, traits => traits.Calls && traits.Headers) { Body = "{}" },
        new(true, MessageKind.Request, 3, traits => traits.Calls && traits.Deadlines) { Subject = "call.three", Body = "{}", Amount = 5000 },
        new(false, MessageKind.Error, 3, traits => traits.Calls && traits.Deadlines) { Fault = new Fault(ErrorCode.NotFound, "No such thing.") },
        new(true, MessageKind.Request, 4, traits => traits.Calls && traits.FaultDetail) { Subject = "call.four", Body = "{}" },
        new(false, MessageKind.Error, 4, traits => traits.Calls && traits.FaultDetail) { Fault = new Fault(new ErrorCode("own.code"), "With a detail."), Body = "{\"d\":1}" },
        new(true, MessageKind.Request, 5, traits => traits.Streams) { Subject = "stream", Body = "{}", IsStream = true },
        new(false, MessageKind.Item, 5, traits => traits.Streams) { Body = "{\"i\":1}" },
        new(true, MessageKind.Credit, 5, traits => traits.Streams && traits.Credit) { Amount = 70_000 },
        new(false, MessageKind.Item, 5, traits => traits.Streams) { Body = "{\"i\":2}" },
        new(false, MessageKind.Response, 5, traits => traits.Streams),
        new(true, MessageKind.Request, 6, traits => traits.ClientStreams) { Subject = "upload", Body = "{}" },
        new(true, MessageKind.Item, 6, traits => traits.ClientStreams) { Body = "{\"u\":1}" },
        new(true, MessageKind.End, 6, traits => traits.ClientStreams),
        new(false, MessageKind.Response, 6, traits => traits.ClientStreams) { Body = "{\"sum\":1}" },
        new(true, MessageKind.Request, 7, traits => traits.Calls && traits.Cancel) { Subject = "slow", Body = "{}" },
        new(true, MessageKind.Cancel, 7, traits => traits.Calls && traits.Cancel),
        new(true, MessageKind.Event, null, traits => traits.Events) { Subject = "happened", Body = "{\"e\":1}" },
        new(false, MessageKind.Event, null, traits => traits.Events) { Subject = "happened.there", Body = "{\"e\":2}" },
        new(false, MessageKind.Credit, null, traits => traits.Events && traits.Credit) { Amount = 65_536 },
        new(true, MessageKind.Request, 8, traits => traits.Calls) { Subject = "call.one", Body = "{\"again\":true}" },
        new(false, MessageKind.Response, 8, traits => traits.Calls) { Body = "{\"text\":\"ä🚲\"}" },
    ];

    public Message ToMessage(MessageId id)
    {
        Headers? headers = null;
        if (Header is not null) (headers = new Headers()).Add("x-note", Header);
        return new Message
        {
            Kind = Kind,
            Id = id,
            Subject = Subject,
            Fault = Fault,
            Amount = Amount,
            IsStream = IsStream,
            Headers = headers,
            IsReply = !ByDialler && Call is not null,
            Body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Body)),
        };
    }
}
