namespace Smpi;

/// <summary>The configuration is wrong: trying again cannot help.</summary>
/// <param name="message">A sentence that names what is wrong, what is known and what to do.</param>
/// <param name="innerException">The cause; null when there is none.</param>
/// <param name="code">A more precise code, such as <see cref="ErrorCode.Unauthenticated"/>.</param>
public sealed class SmpiConfigurationException(string message, Exception? innerException = null, ErrorCode? code = null)
    : SmpiException(code ?? ErrorCode.FailedPrecondition, message, innerException)
{
    /// <summary>
    /// Whether the peer refused this side. A channel that was connected before tries again nevertheless, because that may pass:
    /// a token expired, or a deployment is under way.
    /// </summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether the next attempt shows other credentials, so that a channel tries again even when it was never connected.</summary>
    public bool MayPass { get; init; }
}
