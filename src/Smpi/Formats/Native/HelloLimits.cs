namespace Smpi;

/// <summary>The limits in a hello: one field each, so that a later version adds its own.</summary>
internal static class HelloLimits
{
    /// <summary>The tag of the first limit; tags below it are other fields.</summary>
    public const ulong FirstTag = 16;

    public static void Write(SmpiLimits limits, ref FrameHead head)
    {
        ReadOnlySpan<int> values =
        [
            limits.MessageSize, limits.HeaderSize, limits.HeaderCount, limits.NameSize, limits.StreamWindow, limits.MaxStreamWindow,
            limits.ConnectionWindow, limits.Calls, limits.Streams, limits.Subscriptions, limits.InFlightSize, limits.Depth,
        ];
        for (int index = 0; index < values.Length; index++) HelloFrame.Number(ref head, (int)FirstTag + index, (ulong)Math.Max(0, values[index]));
    }

    public static SmpiLimits With(SmpiLimits limits, ulong tag, ref FrameCursor field) => (tag - FirstTag) switch
    {
        0 => limits with { MessageSize = HelloFrame.Int(ref field) },
        1 => limits with { HeaderSize = HelloFrame.Int(ref field) },
        2 => limits with { HeaderCount = HelloFrame.Int(ref field) },
        3 => limits with { NameSize = HelloFrame.Int(ref field) },
        4 => limits with { StreamWindow = HelloFrame.Int(ref field) },
        5 => limits with { MaxStreamWindow = HelloFrame.Int(ref field) },
        6 => limits with { ConnectionWindow = HelloFrame.Int(ref field) },
        7 => limits with { Calls = HelloFrame.Int(ref field) },
        8 => limits with { Streams = HelloFrame.Int(ref field) },
        9 => limits with { Subscriptions = HelloFrame.Int(ref field) },
        10 => limits with { InFlightSize = HelloFrame.Int(ref field) },
        11 => limits with { Depth = HelloFrame.Int(ref field) },
        _ => limits,
    };
}
