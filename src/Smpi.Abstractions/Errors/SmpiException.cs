namespace Smpi;

/// <summary>The base of every exception of Smpi. Cancelling and deadlines use the framework's own types.</summary>
public abstract class SmpiException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="code">A stable code.</param>
    /// <param name="message">A sentence that names the thing and the remedy.</param>
    /// <param name="innerException">What a provider threw; null when nothing.</param>
    protected SmpiException(ErrorCode code, string message, Exception? innerException)
        : base(message, innerException) => Code = code;

    /// <summary>A stable code.</summary>
    public ErrorCode Code { get; }
}
