namespace Smpi;

/// <summary>Why a call failed, as it travels. A typed detail travels in the message's body.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Text">One sentence for people.</param>
public sealed record Fault(ErrorCode Code, string Text);
