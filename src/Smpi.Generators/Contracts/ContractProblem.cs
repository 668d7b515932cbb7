using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Something wrong with a contract.</summary>
/// <param name="Rule">What.</param>
/// <param name="Where">The symbol that it is about.</param>
/// <param name="Arguments">The arguments of the sentence.</param>
internal sealed record ContractProblem(DiagnosticDescriptor Rule, ISymbol Where, params object[] Arguments);
