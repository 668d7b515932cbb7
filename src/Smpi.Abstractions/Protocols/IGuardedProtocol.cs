namespace Smpi;

/// <summary>A protocol that was given guards in code, such as credentials or an authorization policy. An address may replace it only by a protocol that has the same guards.</summary>
public interface IGuardedProtocol : IProtocol
{
    /// <summary>The guards that are in force, as they are called in code, such as <c>WebSocketOptions.BearerToken</c>; empty when there are none.</summary>
    IReadOnlyCollection<string> Guards { get; }
}
