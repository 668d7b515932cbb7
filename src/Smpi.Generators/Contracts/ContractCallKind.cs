namespace Smpi.Generators;

/// <summary>How the method of a contract travels.</summary>
internal enum ContractCallKind
{
    /// <summary>A request with one answer.</summary>
    Request,

    /// <summary>A request with a stream of answers.</summary>
    Stream,

    /// <summary>A request that brings items, with one answer.</summary>
    ClientStream,

    /// <summary>A request that brings items, with a stream of answers.</summary>
    Duplex,

    /// <summary>An event.</summary>
    OneWay,
}
