using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>What was read of a contract.</summary>
/// <param name="Model">What to write; null when an error stands in the way.</param>
/// <param name="Methods">The methods that can travel, with what declares them.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record ContractReading(ContractModel? Model, IReadOnlyList<(IMethodSymbol Symbol, ContractMethod Method)> Methods, IReadOnlyList<ContractProblem> Problems);
