namespace Smpi;

/// <summary>What one receive of an <see cref="IFrameTransport"/> brought.</summary>
/// <param name="Count">The number of octets; zero is allowed.</param>
/// <param name="EndsFrame">Whether the frame is complete with this piece.</param>
public readonly record struct FramePiece(int Count, bool EndsFrame)
{
    /// <summary>The peer closed in good order: no further frame comes.</summary>
    public static FramePiece EndOfInput { get; } = new(-1, false);
}
