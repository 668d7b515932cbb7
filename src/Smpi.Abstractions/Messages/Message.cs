using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>The envelope around one encoded body. Passed by <c>in</c>; absent parts cost nothing.</summary>
/// <remarks>A message that was read is lent: <see cref="Body"/> is valid until the next <see cref="IConnection.ReadAsync"/> of its connection.</remarks>
public readonly struct Message
{
    private readonly MessageId _id;
    private readonly ReadOnlySequence<byte> _body;

    /// <summary>Makes a message in place, where an initializer makes a copy. Formats and whoever sends very many messages use it.</summary>
    /// <param name="kind">What the message is for.</param>
    /// <param name="id">The call that it belongs to.</param>
    /// <param name="isReply">Whether it travels from the answering side to the calling side.</param>
    /// <param name="subject">What it is about; null for other kinds than requests and events.</param>
    /// <param name="headers">Headers, or null.</param>
    /// <param name="amount">See <see cref="Amount"/>.</param>
    public Message(MessageKind kind, MessageId id, bool isReply, string? subject = null, Headers? headers = null, long amount = 0)
    {
        Kind = kind;
        _id = id;
        IsReply = isReply;
        Subject = subject;
        Headers = headers;
        Amount = amount;
    }

    /// <summary>Makes a message in place whose body lies in an array.</summary>
    /// <param name="kind">What the message is for.</param>
    /// <param name="id">The call that it belongs to.</param>
    /// <param name="isReply">Whether it travels from the answering side to the calling side.</param>
    /// <param name="subject">What it is about; null for other kinds than requests and events.</param>
    /// <param name="headers">Headers, or null.</param>
    /// <param name="amount">See <see cref="Amount"/>.</param>
    /// <param name="body">Where the body lies.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="count">Its octets.</param>
    public Message(MessageKind kind, MessageId id, bool isReply, string? subject, Headers? headers, long amount, byte[] body, int start, int count)
        : this(kind, id, isReply, subject, headers, amount) => _body = new ReadOnlySequence<byte>(body, start, count);

    /// <summary>What the message is for.</summary>
    public MessageKind Kind { get; init; }

    /// <summary>True when the message travels from the answering side to the calling side of its call.</summary>
    /// <remarks>
    /// Each side numbers its own calls, so an id alone does not name a call: this flag says whose id it is. It is implied by
    /// <see cref="MessageKind.Request"/> (false), <see cref="MessageKind.Response"/> and <see cref="MessageKind.Error"/> (true), and
    /// meaningful for items, ends, cancels and credits with an id.
    /// </remarks>
    public bool IsReply { get; init; }

    /// <summary>In a request: whether the caller takes a stream of items rather than one result. False also where the wire does not say.</summary>
    public bool IsStream { get; init; }

    /// <summary>The call that the message belongs to; none for events.</summary>
    public MessageId Id
    {
        get => _id;
        init => _id = value;
    }

    /// <summary>What a request or an event is about; null for other kinds.</summary>
    public string? Subject { get; init; }

    /// <summary>Headers, or null when there are none.</summary>
    public Headers? Headers { get; init; }

    /// <summary>Why a call failed, in an <see cref="MessageKind.Error"/>. In a request that was read: why the reader refuses it, to be answered as it is.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The encoded body; in an error the encoded detail. Lent, see the remarks of the type.</summary>
    public ReadOnlySequence<byte> Body
    {
        get => _body;
        init => _body = value;
    }

    /// <summary><see cref="Id"/> where it is: a copy of what was written a moment ago costs more than the rest of a look at it.</summary>
    [UnscopedRef]
    public ref readonly MessageId IdRef => ref _id;

    /// <summary><see cref="Body"/> where it is.</summary>
    [UnscopedRef]
    public ref readonly ReadOnlySequence<byte> BodyRef => ref _body;

    /// <summary>The value itself, where a connection passes references instead of bytes; null otherwise.</summary>
    public object? Value { get; init; }

    /// <summary>In a credit: octets granted. In a request: milliseconds left until its deadline, zero for none.</summary>
    public long Amount { get; init; }

    /// <summary>A short account for logs: kind, id, subject and body length, never the body.</summary>
    public override string ToString() => $"{Kind}{(Id.IsNone ? "" : $" #{Id}")}{(Subject is null ? "" : $" '{Subject}'")} ({Body.Length} octets)";
}
