using System.Text;

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

    /// <summary>The type, the code and the sentence; then what caused it, one line each; then where it reached code outside of the library.</summary>
    /// <remarks>The frames inside of the library are in <see cref="Exception.StackTrace"/>, and those of a cause in the <see cref="Exception.InnerException"/>.</remarks>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(GetType()).Append(" [").Append(Code.Name).Append("]: ").Append(Message);
        string last = Message;
        for (Exception? cause = InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message == last) continue;
            last = cause.Message;
            text.AppendLine().Append(" ---> ").Append(cause.GetType()).Append(": ").Append(last);
        }

        foreach (string frame in OwnFrames(StackTrace)) text.AppendLine().Append(frame);
        return text.ToString();
    }

    private static IEnumerable<string> OwnFrames(string? trace) => (trace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => line.TrimEnd('\r'))
        .Where(static line => !line.StartsWith("   at Smpi.", StringComparison.Ordinal) && !line.StartsWith("---", StringComparison.Ordinal));
}
