namespace Smpi;

/// <summary>Why a connection ended.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Text">One sentence for people.</param>
/// <param name="By">Who ended it.</param>
public sealed record CloseReason(ErrorCode Code, string Text, ClosedBy By)
{
    /// <summary>The exit code of the peer's process, where the peer was a child process that ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The last lines a child process wrote to its standard error; empty when there are none.</summary>
    public string ErrorTail { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => ErrorTail.Length == 0 ? Text : $"{Text} Its last words: {ErrorTail}";
}
