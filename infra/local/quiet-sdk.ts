// The lock file pins an SDK that runs on this Node. Its note about later versions would otherwise be the first thing
// that somebody reads who tries the project.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
