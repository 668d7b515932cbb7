namespace Smpi;

/// <summary>The configuration is wrong: trying again cannot help.</summary>
/// <param name="message">A sentence that names what is wrong, what is known and what to do.</param>
/// <param name="innerException">The cause; null when there is none.</param>
public sealed class SmpiConfigurationException(string message, Exception? innerException = null)
    : SmpiException(ErrorCode.FailedPrecondition, message, innerException);
