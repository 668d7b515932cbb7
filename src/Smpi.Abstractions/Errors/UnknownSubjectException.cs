namespace Smpi;

/// <summary>Nothing answers the subject of a request.</summary>
/// <param name="subject">The subject.</param>
/// <param name="message">A sentence that names the subject and what is known.</param>
public sealed class UnknownSubjectException(string subject, string message) : SmpiException(ErrorCode.Unimplemented, message, null)
{
    /// <summary>The subject that nothing answers.</summary>
    public string Subject { get; } = subject;
}
