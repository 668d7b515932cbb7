namespace Smpi;

/// <summary>A stable code of a fault or of a closing: one of the names below, or a name of the application such as <c>orders.sold-out</c>.</summary>
/// <remarks>The first sixteen are those of gRPC, by name and number (<see href="https://grpc.github.io/grpc/core/md_doc_statuscodes.html"/>); those after it are of Smpi.</remarks>
/// <param name="Name">The name: for the codes of Smpi in PascalCase, for those of an application as it likes.</param>
public readonly record struct ErrorCode(string Name)
{
    /// <summary>The call was cancelled.</summary>
    public static ErrorCode Cancelled { get; } = new("Cancelled");

    /// <summary>An error of unknown kind.</summary>
    public static ErrorCode Unknown { get; } = new("Unknown");

    /// <summary>The request is wrong whatever the state of the system.</summary>
    public static ErrorCode InvalidArgument { get; } = new("InvalidArgument");

    /// <summary>The deadline passed.</summary>
    public static ErrorCode DeadlineExceeded { get; } = new("DeadlineExceeded");

    /// <summary>What was asked for does not exist.</summary>
    public static ErrorCode NotFound { get; } = new("NotFound");

    /// <summary>What should be made exists.</summary>
    public static ErrorCode AlreadyExists { get; } = new("AlreadyExists");

    /// <summary>The caller is known and may not.</summary>
    public static ErrorCode PermissionDenied { get; } = new("PermissionDenied");

    /// <summary>A quota or a limit is used up.</summary>
    public static ErrorCode ResourceExhausted { get; } = new("ResourceExhausted");

    /// <summary>The system is not in the state that the call needs.</summary>
    public static ErrorCode FailedPrecondition { get; } = new("FailedPrecondition");

    /// <summary>A conflict with something concurrent; a higher level may try again.</summary>
    public static ErrorCode Aborted { get; } = new("Aborted");

    /// <summary>Past the valid range.</summary>
    public static ErrorCode OutOfRange { get; } = new("OutOfRange");

    /// <summary>Nothing answers this subject.</summary>
    public static ErrorCode Unimplemented { get; } = new("Unimplemented");

    /// <summary>The handler failed unexpectedly; details stay on its side.</summary>
    public static ErrorCode Internal { get; } = new("Internal");

    /// <summary>The peer is not there now; trying again may help.</summary>
    public static ErrorCode Unavailable { get; } = new("Unavailable");

    /// <summary>Data was lost or corrupted.</summary>
    public static ErrorCode DataLoss { get; } = new("DataLoss");

    /// <summary>The caller is not known.</summary>
    public static ErrorCode Unauthenticated { get; } = new("Unauthenticated");

    /// <summary>A session could not be continued; a new one begins after a gap.</summary>
    public static ErrorCode ResumeFailed { get; } = new("ResumeFailed");

    /// <summary>The request was sent and its outcome is not known.</summary>
    public static ErrorCode OutcomeUnknown { get; } = new("OutcomeUnknown");

    /// <summary>The peer's process ended.</summary>
    public static ErrorCode PeerExited { get; } = new("PeerExited");

    /// <summary>The peer keeps this side too busy.</summary>
    public static ErrorCode EnhanceYourCalm { get; } = new("EnhanceYourCalm");

    /// <summary>A message exceeds the size that the receiver takes.</summary>
    public static ErrorCode TooLarge { get; } = new("TooLarge");

    /// <summary>A body is nested deeper than the receiver takes.</summary>
    public static ErrorCode TooDeep { get; } = new("TooDeep");

    /// <summary>The peer broke the protocol.</summary>
    public static ErrorCode ProtocolError { get; } = new("ProtocolError");

    /// <summary>A side closed in good order.</summary>
    public static ErrorCode Closed { get; } = new("Closed");

    /// <summary>A body is not a value of the type that was expected.</summary>
    public static ErrorCode BadBody { get; } = new("BadBody");

    /// <summary>Whether the same call may succeed when it is tried again later.</summary>
    public bool IsRetryable => Name is "Unavailable" or "Aborted" or "ResourceExhausted" or "EnhanceYourCalm" or "ResumeFailed" or "PeerExited" or "Closed";

    /// <inheritdoc/>
    public override string ToString() => Name ?? "None";
}
