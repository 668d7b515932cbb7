using System.Collections.Frozen;

namespace Smpi;

/// <summary>The numbers of the known error codes: gRPC's for its sixteen, then those of Smpi from 32. Zero says that a name follows.</summary>
internal static class FaultCodes
{
    private const int FirstOwn = 32;

    private static readonly ErrorCode[] _shared =
    [
        ErrorCode.Cancelled, ErrorCode.Unknown, ErrorCode.InvalidArgument, ErrorCode.DeadlineExceeded, ErrorCode.NotFound, ErrorCode.AlreadyExists,
        ErrorCode.PermissionDenied, ErrorCode.ResourceExhausted, ErrorCode.FailedPrecondition, ErrorCode.Aborted, ErrorCode.OutOfRange, ErrorCode.Unimplemented,
        ErrorCode.Internal, ErrorCode.Unavailable, ErrorCode.DataLoss, ErrorCode.Unauthenticated,
    ];

    private static readonly ErrorCode[] _own =
    [
        ErrorCode.ResumeFailed, ErrorCode.OutcomeUnknown, ErrorCode.PeerExited, ErrorCode.EnhanceYourCalm, ErrorCode.TooLarge, ErrorCode.TooDeep,
        ErrorCode.ProtocolError, ErrorCode.Closed, ErrorCode.BadBody,
    ];

    private static readonly FrozenDictionary<string, int> _numbers = _shared.Select((code, index) => (code.Name, Number: index + 1))
        .Concat(_own.Select((code, index) => (code.Name, Number: index + FirstOwn)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Number, StringComparer.Ordinal);

    /// <summary>The number of a code; zero when it travels by name.</summary>
    public static int NumberOf(ErrorCode code) => code.Name is null ? 2 : _numbers.GetValueOrDefault(code.Name);

    /// <summary>The code of a number; a number that a later version may have given reads as unknown.</summary>
    public static ErrorCode Of(ulong number) => number switch
    {
        > 0 and <= 16 => _shared[number - 1],
        >= FirstOwn when number - FirstOwn < (ulong)_own.Length => _own[number - FirstOwn],
        _ => ErrorCode.Unknown,
    };
}
