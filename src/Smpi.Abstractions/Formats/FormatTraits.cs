namespace Smpi;

/// <summary>What a wire format, or a connection without one, can say. A missing trait turns a feature into a typed refusal.</summary>
public sealed record FormatTraits
{
    /// <summary>Everything.</summary>
    public static FormatTraits Full { get; } = new()
    {
        SelfDelimiting = true,
        Streams = true,
        ClientStreams = true,
        Cancel = true,
        Credit = true,
        Headers = true,
        Deadlines = true,
        Events = true,
        FaultDetail = true,
        Calls = true,
    };

    /// <summary>Whether messages end by themselves on a byte stream. Others need a transport with frames.</summary>
    public bool SelfDelimiting { get; init; }

    /// <summary>Whether messages are text, and text frames are used where a transport has both.</summary>
    public bool IsText { get; init; }

    /// <summary>Requests and responses.</summary>
    public bool Calls { get; init; }

    /// <summary>Streams of items from the side that answers.</summary>
    public bool Streams { get; init; }

    /// <summary>Streams of items from the side that calls.</summary>
    public bool ClientStreams { get; init; }

    /// <summary>Cancelling a call.</summary>
    public bool Cancel { get; init; }

    /// <summary>Credit, for streams and events.</summary>
    public bool Credit { get; init; }

    /// <summary>Header fields of the user.</summary>
    public bool Headers { get; init; }

    /// <summary>The time that is left for a call.</summary>
    public bool Deadlines { get; init; }

    /// <summary>Events.</summary>
    public bool Events { get; init; }

    /// <summary>An encoded detail in an error.</summary>
    public bool FaultDetail { get; init; }

    /// <summary>A sign of life on request.</summary>
    public bool Ping { get; init; }

    /// <summary>The one content type that bodies must have, such as <c>application/json</c>; null when any will do.</summary>
    public string? RequiredContentType { get; init; }

    /// <summary>The encoding used when none is named; null when hello agrees on one.</summary>
    public string? DefaultEncoding { get; init; }

    /// <summary>The WebSocket subprotocol; null for none.</summary>
    public string? Subprotocol { get; init; }
}
