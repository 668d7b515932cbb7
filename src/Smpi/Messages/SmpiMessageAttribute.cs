namespace Smpi;

/// <summary>Says the subject of a record or of a contract's method; without it the subject is the type's name in kebab case, or <c>contract.method</c>.</summary>
/// <param name="subject">The subject, such as <c>files.read</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method, Inherited = false)]
public sealed class SmpiMessageAttribute(string subject) : Attribute
{
    /// <summary>The subject.</summary>
    public string Subject { get; } = subject;
}
