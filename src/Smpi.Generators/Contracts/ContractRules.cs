using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>What may be wrong with a contract.</summary>
internal static class ContractRules
{
    public static readonly DiagnosticDescriptor CannotTravel = Rules.Of(
        "SMPI0020", "A member of a contract cannot travel", "'{0}' cannot travel: {1}", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NoRecord = Rules.Of(
        "SMPI0021", "A method of a contract takes no record", "'{0}' takes no record: take one, which may be empty, so that fields can be added later", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor SeveralRecords = Rules.Of(
        "SMPI0022", "A method of a contract takes more than one record", "'{0}' takes {1}: put them into one record, followed by the items of a stream and a token if there are any", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotRecord = Rules.Of(
        "SMPI0023", "The argument of a contract's method is no record", "'{0}' takes '{1}', which is no record: put it into one, so that fields can be added later", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor SubjectTwice = Rules.Of(
        "SMPI0024", "Two methods of a contract have one subject", "'{0}' has the subject '{1}' of '{2}': give one of them another name, or another subject with [SmpiMessage]", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Generic = Rules.Of(
        "SMPI0026", "A contract is generic", "The contract '{0}' has type parameters, and a peer cannot know what they stand for: write one contract for each of the types", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Hidden = Rules.Of(
        "SMPI0027", "A contract is hidden from generated code", "The contract '{0}' cannot be named by generated code: make it, and the types around it, internal or public", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor OneWay = Rules.Of(
        "SMPI0029", "A one-way method has an answer", "'{0}' is one-way, and nobody answers an event: return ValueTask or Task and take no items, or remove [OneWay]", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Idempotent = Rules.Of(
        "SMPI0030", "[Idempotent] has no effect", "[Idempotent] has no effect on '{0}': only a request with one answer and without items is sent again", DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor Result = Rules.Of(
        "SMPI0031", "A contract's method answers with no record", "'{0}' answers with '{1}': a record lets fields be added later, and travels over Protobuf", DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor EmptySubject = Rules.Of(
        "SMPI0032", "A subject is empty", "The subject of '{0}' is empty: write one, or leave the argument out", DiagnosticSeverity.Error);
}
