namespace Smpi.Generators;

/// <summary>A method of a contract.</summary>
/// <param name="Interface">The name of the interface that declares it.</param>
/// <param name="Name">Its name, as source.</param>
/// <param name="Kind">How it travels.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Request">The type of its record.</param>
/// <param name="Item">The type of the items that the caller sends; empty for none.</param>
/// <param name="Result">The type of the answer or of the items that the caller gets; empty for an answer without a value.</param>
internal sealed record ContractMethod(string Interface, string Name, ContractCallKind Kind, string Subject, string Request, string Item, string Result)
{
    /// <summary>What it returns, as source.</summary>
    public string Returns { get; init; } = "";

    /// <summary>Whether it returns a <c>Task</c>.</summary>
    public bool IsTask { get; init; }

    /// <summary>Whether it takes a token.</summary>
    public bool HasToken { get; init; }

    /// <summary>Whether it may be sent twice.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Whether its record can be null.</summary>
    public bool IsReference { get; init; }
}
