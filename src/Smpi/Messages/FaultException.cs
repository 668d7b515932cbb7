using System.Reflection;

namespace Smpi;

/// <summary>What a handler throws to answer with a precise error. The caller gets a <see cref="RemoteException"/> with the same code, text and detail.</summary>
public sealed class FaultException : SmpiException
{
    /// <summary>Makes a fault with a code and a sentence.</summary>
    /// <param name="code">A stable code, of Smpi or of the application.</param>
    /// <param name="text">One sentence; the caller sees it.</param>
    public FaultException(ErrorCode code, string text)
        : base(code, text, null)
    {
    }

    /// <summary>Makes a fault with a typed detail.</summary>
    /// <param name="detail">A record, best with <see cref="SmpiErrorAttribute"/>; it is encoded like any value.</param>
    /// <param name="text">One sentence; null for the code.</param>
    public FaultException(object detail, string? text = null)
        : base(CodeOf(detail), text ?? CodeOf(detail).Name, null) => Detail = detail;

    /// <summary>The detail; null when there is none.</summary>
    public object? Detail { get; }

    internal static string? CodeOf(Type type) => type.GetCustomAttribute<SmpiErrorAttribute>()?.Code;

    private static ErrorCode CodeOf(object detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return CodeOf(detail.GetType()) is { } code ? new ErrorCode(code) : ErrorCode.FailedPrecondition;
    }
}
