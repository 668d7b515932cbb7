namespace Smpi;

/// <summary>What a message is for.</summary>
/// <remarks>Hop control (hello, ping, pong, goodbye) never appears here: it belongs to one hop and is handled below <see cref="IConnection"/>.</remarks>
public enum MessageKind : byte
{
    /// <summary>No message; the default value.</summary>
    None = 0,

    /// <summary>Starts a call. Carries an id made by the requester, and a subject.</summary>
    Request = 1,

    /// <summary>Ends a call with its one result.</summary>
    Response = 2,

    /// <summary>Ends a call with a <see cref="Message.Fault"/>.</summary>
    Error = 3,

    /// <summary>One item of a stream that belongs to a call.</summary>
    Item = 4,

    /// <summary>The sender of this message sends no further items for the call.</summary>
    End = 5,

    /// <summary>The requester no longer wants the result.</summary>
    Cancel = 6,

    /// <summary>Allows the other side to send <see cref="Message.Amount"/> more body octets: of items when an id is set, of events when none is.</summary>
    Credit = 7,

    /// <summary>Something that happened. Has a subject and no id, and is never answered.</summary>
    Event = 8,
}
