using System.Diagnostics.CodeAnalysis;

namespace Smpi;

/// <summary>The <c>.proto</c> of records, so that other languages can talk to them: what it says is exactly what is on the wire.</summary>
public static class ProtobufSchema
{
    /// <summary>The text of a proto3 file with messages for types and all that they hold; the package is named for the namespace of the first type.</summary>
    /// <param name="types">Records, unions, or anything else that can be a body.</param>
    /// <exception cref="EncodingException">Protobuf cannot carry one of the types; the message says which member and what to do.</exception>
    [RequiresUnreferencedCode(ReflectedShapes.Reason)]
    [RequiresDynamicCode(ReflectedShapes.Reason)]
    public static string Of(params Type[] types) => Of(new ProtobufEncodingOptions(), types);

    /// <summary>The text of a proto3 file, with the numbers of a lock.</summary>
    /// <param name="options">What the encoding has; shapes written by hand cannot be described.</param>
    /// <param name="types">Records, unions, or anything else that can be a body.</param>
    /// <exception cref="EncodingException">Protobuf cannot carry one of the types; the message says which member and what to do.</exception>
    [RequiresUnreferencedCode(ReflectedShapes.Reason)]
    [RequiresDynamicCode(ReflectedShapes.Reason)]
    public static string Of(ProtobufEncodingOptions options, params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(types);

        // What cannot be carried is refused with the same words as by the codec.
        ProtobufEncoding encoding = ProtobufEncoding.OfReflection(options);
        foreach (Type type in types) encoding.For(type);
        var writer = new SchemaWriter(options);
        foreach (Type type in types) writer.Body(type);
        return writer.Finish(types.FirstOrDefault()?.Namespace);
    }
}
