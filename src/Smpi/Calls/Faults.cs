using System.Buffers;

namespace Smpi;

/// <summary>Exceptions to faults and back.</summary>
internal static class Faults
{
    /// <summary>What the caller throws for an error that came.</summary>
    public static Exception ToException(in Message message, string subject, CodecSet codecs)
    {
        Fault fault = message.Fault ?? new Fault(ErrorCode.Unknown, "The peer reported an error and did not say which.");
        if (fault.Code == ErrorCode.Unimplemented) return new UnknownSubjectException(subject, fault.Text);
        if (fault.Code == ErrorCode.DeadlineExceeded) return new TimeoutException(fault.Text);
        if (fault.Code == ErrorCode.BadBody || fault.Code == ErrorCode.TooDeep) return new EncodingException(fault.Text, null, fault.Code);
        if (fault.Code == ErrorCode.TooLarge) return new MessageTooLargeException(fault.Text.Length > 0 ? fault.Text : $"The call '{subject}' has a message that exceeds what its receiver takes.");
        if (message.Body.IsEmpty) return new RemoteException(fault);
        byte[] detail = message.Body.ToArray();
        return new RemoteException(fault, type => Detail(type, fault.Code, detail, codecs));
    }

    /// <summary>What is sent for an exception of a handler. Text of unexpected exceptions stays home unless it is asked for.</summary>
    public static Fault ToFault(Exception error, string subject, bool showErrors) => error switch
    {
        FaultException fault => new Fault(fault.Code, fault.Message),
        EncodingException encoding => new Fault(encoding.Code, encoding.Message),
        MessageTooLargeException large => new Fault(large.Code, large.Message),
        OperationCanceledException => new Fault(ErrorCode.Cancelled, $"The handler of '{subject}' was cancelled."),
        _ when showErrors => new Fault(ErrorCode.Internal, $"The handler of '{subject}' failed: {error.Message}"),
        _ => new Fault(ErrorCode.Internal, $"The handler of '{subject}' failed; its side has the details."),
    };

    /// <summary>What is sent for an answer that could not be encoded.</summary>
    public static Fault OfAnswer(Exception error, InboundCall call) => ToFault(
        error as SmpiException ?? new EncodingException($"The answer to '{call.Subject}' could not be encoded: {error.Message}", error),
        call.Subject,
        call.Link.Options.ShowErrors);

    /// <summary>What is sent for a call whose time is over.</summary>
    public static Fault TooLate(string subject) => new(ErrorCode.DeadlineExceeded, $"The call '{subject}' did not end within its deadline.");

    private static object? Detail(Type type, ErrorCode code, byte[] body, CodecSet codecs)
    {
        if (FaultException.CodeOf(type) is { } own && own != code.Name) return null;
        try
        {
            return codecs.Get(type).ReadObject(new ReadOnlySequence<byte>(body));
        }
        catch (EncodingException)
        {
            return null;
        }
    }
}
