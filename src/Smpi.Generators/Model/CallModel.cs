namespace Smpi.Generators;

/// <summary>A message record that gets calls of its exact type.</summary>
/// <param name="Kind">Which of the interfaces it has.</param>
/// <param name="Request">The name of the record's type.</param>
/// <param name="Item">The type of the items that the caller sends; empty for none.</param>
/// <param name="Result">The type of the answer, or of the items that the caller gets.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="IsIdempotent">Whether it may be sent twice.</param>
internal sealed record CallModel(CallKind Kind, string Request, string Item, string Result, string Subject, bool IsIdempotent);
